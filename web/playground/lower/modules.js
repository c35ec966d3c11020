// @ts-check
// A module's imports and exports, as far as one module alone needs them: what is imported comes from the machine, and
// nobody asks for what is exported.

/** @typedef {import('./printer.js').Printer} Printer */
/** @typedef {import('./parse.js').Node} Node */

/** @param {Node} node  an identifier or a string */
const nameOf = (node) => node.name ?? node.value;

/** @param {Printer} p @param {Node} node */
function importDeclaration(p, node) {
  const specifier = node.source.value;
  const names = [];
  const bindings = [];
  for (const { type, imported, local } of node.specifiers) {
    const name = type === 'ImportSpecifier' ? nameOf(imported) : type === 'ImportDefaultSpecifier' ? 'default' : '*';
    names.push(name);
    bindings.push(`${JSON.stringify(name)}:${local.name}`);
  }
  return imported(p, node, specifier, names, bindings);
}

/** It is there before all else: so it is taken from the list, and made at its beginning. @param {Printer} p */
function imported(p, node, specifier, names, bindings) {
  p.imports.push({ specifier, names, ...p.places.positionOf(node.start) });
  const call = `${p.$}.import(${JSON.stringify(specifier)},${JSON.stringify(names)})`;
  p.first += bindings.length > 0 ? `const {${bindings}}=${call};` : `${call};`;
  return p.lines(node.start, node.end);
}

/** @param {Printer} p @param {Node} node */
function exportNamed(p, node) {
  const { declaration, source, specifiers } = node;
  if (declaration) return p.print(declaration);
  if (source)
    return imported(
      p,
      node,
      source.value,
      specifiers.map(({ local }) => nameOf(local)),
      [],
    );
  return p.lines(node.start, node.end);
}

/** @param {Printer} p @param {Node} node */
function exportDefault(p, node) {
  const { declaration } = node;
  if (declaration.id || p.hoisted.has(declaration)) return p.print(declaration);
  const start = p.find('t', node.start + 'export'.length) + 1; // of `default`
  const end = p.source[node.end - 1] === ';' ? node.end - 1 : node.end;
  return `const{default:${p.$}default}={default:${p.between(start, end, [declaration])}};`;
}

/** @type {Record<string, import('./printer.js').How>} */
export const MODULES = {
  ImportDeclaration: importDeclaration,
  ExportNamedDeclaration: exportNamed,
  ExportDefaultDeclaration: exportDefault,
  ExportAllDeclaration: (p, node) => imported(p, node, node.source.value, ['*'], []),
  ImportExpression: (p, node) => `${p.$}.dynamicImport(${p.operand(node.source)})`,
};
