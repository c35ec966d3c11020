// An observer hears once of each change, of the attributes that it names, and for a while of what is taken out.
// Source: DOM 4.3.2 Queuing mutation records, 4.2.3 remove, transient registered observers
const tell = (name) => (records) => {
  for (const { type, target, attributeName, oldValue, addedNodes, removedNodes } of records)
    console.log(name, type, target.id, attributeName, oldValue, addedNodes.length, removedNodes.length);
};
const [root, child, deep] = ['root', 'child', 'deep'].map((id) => {
  const element = document.createElement('p');
  element.id = id;
  return element;
});
root.append(child);
child.append(deep);
const all = new MutationObserver(tell('all'));
all.observe(root, { attributes: true, childList: true, subtree: true });
all.observe(child, { attributes: true, attributeOldValue: true });
new MutationObserver(tell('some')).observe(child, { attributeFilter: ['x', 'y'], subtree: true });
new MutationObserver(tell('text')).observe(root, { characterDataOldValue: true, subtree: true });
for (const name of ['x', 'x', 'z']) child.setAttribute(name, `new ${name}`);
deep.setAttribute('y', 1);
const text = document.createTextNode('text');
deep.append(text);
text.data = 'other';
child.remove();
child.setAttribute('x', 'out');
deep.append('more');
queueMicrotask(() => {
  child.setAttribute('x', 'out for long');
  root.append(child);
  child.textContent = '';
  deep.id = 'nowhere';
});
setTimeout(() => {
  deep.id = 'still nowhere';
  all.disconnect();
  child.setAttribute('x', 'last');
}, 5);
