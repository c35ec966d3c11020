// Nodes that are appended by one call are told in one mutation record; where each was before, in one of its own.
// Source: DOM 4.2.6 "converting nodes into a node", 4.2.3 "insert", "remove"
const list = document.createElement('ul');
const [a, b, c] = ['a', 'b', 'c'].map((id) => Object.assign(document.createElement('li'), { id }));
document.body.append(list);
const observer = new MutationObserver((records) => {
  for (const { type, target, addedNodes, removedNodes } of records) {
    console.log(type, target.tagName, addedNodes.length, removedNodes.length);
  }
});
observer.observe(list, { childList: true });
list.append();
list.append(a, 'text', b);
list.append(c);
list.append(a, b, a);
console.log([...list.childNodes].map((node) => node.id ?? node.data).join());
