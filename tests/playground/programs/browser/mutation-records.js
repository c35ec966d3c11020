// Mutation records are collected until the microtask; takeRecords empties them, disconnect ends it.
// Source: DOM, 4.3 Mutation observers
const list = document.createElement('ul');
document.body.append(list);
const observer = new MutationObserver((records, self) => {
  for (const { type, target, attributeName, oldValue, addedNodes, removedNodes } of records) {
    console.log(type, target === list, attributeName, oldValue, addedNodes.length, removedNodes.length);
  }
  console.log(self === observer);
});
observer.observe(list, { attributes: true, attributeOldValue: true, childList: true });
list.setAttribute('class', 'a');
console.log(observer.takeRecords().length);
list.className = 'b';
const item = document.createElement('li');
list.append(item);
item.remove();
queueMicrotask(() => {
  console.log('behind it');
  list.id = 'never seen';
  observer.disconnect();
});
