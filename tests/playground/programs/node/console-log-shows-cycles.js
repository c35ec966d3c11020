// A cycle is marked where it begins and where it closes.
// Source: Node.js, Util: util.inspect(): circular references
const node = { name: 'a', children: [] };
node.self = node;
node.children.push({ parent: node });
console.log(node);
const list = [1];
list.push(list);
console.log(list, { list });
