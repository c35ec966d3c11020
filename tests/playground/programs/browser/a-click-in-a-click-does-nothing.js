// While an element's click() is under way, its click() does nothing; another element's does.
// Source: HTML, "click() method", the "click in progress flag"
const outer = document.body.appendChild(document.createElement('div'));
const button = outer.appendChild(document.createElement('button'));
outer.addEventListener('click', ({ target }) => console.log('outer hears of', target === outer ? 'itself' : 'button'));
addEventListener('error', (event) => event.preventDefault());
button.addEventListener('click', () => {
  console.log('button is clicked');
  button.click();
  outer.click();
  throw new Error('it is over, however it ends');
});
button.click();
console.log('again');
button.click();
