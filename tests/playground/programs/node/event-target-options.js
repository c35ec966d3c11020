// once, removal and stopImmediatePropagation; the same listener is added only once.
// Source: DOM, 2.7 Interface EventTarget: addEventListener
const target = new EventTarget();
const say = () => console.log('say');
target.addEventListener('a', say);
target.addEventListener('a', say);
target.addEventListener('a', () => console.log('once'), { once: true });
target.dispatchEvent(new Event('a'));
target.removeEventListener('a', say);
console.log('again');
target.dispatchEvent(new Event('a'));
target.addEventListener('b', (event) => event.stopImmediatePropagation());
target.addEventListener('b', () => console.log('never'));
target.addEventListener('c', (event) => event.preventDefault());
console.log(target.dispatchEvent(new Event('b')), target.dispatchEvent(new Event('c', { cancelable: true })));
