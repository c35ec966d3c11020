// Between two listeners of an event that no code dispatches, microtasks run; where code dispatches it, they wait.
// Source: HTML, 8.1.4.4 Calling scripts: clean up after running script
const say = (name) => () => {
  console.log(name);
  Promise.resolve()
    .then(() => console.log(name, 'promise'))
    .then(() => console.log(name, 'next promise'));
  setTimeout(() => console.log(name, 'timer'));
};
addEventListener('message', say('first'));
addEventListener('message', say('second'));
addEventListener('unhandledrejection', say('one'));
addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  say('two')();
});
setTimeout(() => postMessage('hello', '*'), 20);
setTimeout(() => dispatchEvent(new MessageEvent('message')), 40);
setTimeout(() => Promise.reject(new Error('no')), 60);
