const IMPORT_SECTION = 2;
const MEMORY_SECTION = 5;
const MEMORY_KIND = 2;
const HEADER_BYTES = 8;

/**
 * A WebAssembly module that brings a memory of its own, as one that imports it from `env.memory`: whoever starts it can
 * then say how much it may have, which Go cannot be told.
 *
 * @returns the module, and the pages of 64 KB it needs to start.
 */
export function importMemory(wasm) {
  const sections = sectionsOf(wasm);
  const [count, flags, ...pages] = bodyOf(sections, MEMORY_SECTION);
  if (count !== 1 || flags !== 0) throw new Error('Go wrote a memory section of another kind');
  const [imports, first] = unsigned(bodyOf(sections, IMPORT_SECTION), 0);
  const memory = [...text('env'), ...text('memory'), MEMORY_KIND, flags, ...pages];
  const body = [...leb(imports + 1), ...bodyOf(sections, IMPORT_SECTION).subarray(first), ...memory];
  const parts = sections
    .filter(({ id }) => id !== MEMORY_SECTION)
    .map(({ id, bytes }) => (id === IMPORT_SECTION ? [section(id, body)] : [bytes]));
  return {
    wasm: Buffer.concat([wasm.subarray(0, HEADER_BYTES), ...parts.flat()]),
    pages: unsigned(pages, 0)[0],
  };
}

function sectionsOf(wasm) {
  const sections = [];
  for (let at = HEADER_BYTES; at < wasm.length; ) {
    const [length, body] = unsigned(wasm, at + 1);
    const end = body + length;
    sections.push({ id: wasm[at], bytes: wasm.subarray(at, end), body: wasm.subarray(body, end) });
    at = end;
  }
  return sections;
}

function bodyOf(sections, wanted) {
  const found = sections.find(({ id }) => id === wanted);
  if (!found) throw new Error(`the module has no section ${wanted}`);
  return found.body;
}

function section(id, body) {
  return Buffer.from([id, ...leb(body.length), ...body]);
}

function text(value) {
  return [...leb(value.length), ...Buffer.from(value)];
}

/** A LEB128 number, and the place after it. */
function unsigned(bytes, start) {
  let value = 0;
  for (let at = start, factor = 1; ; at += 1, factor *= 128) {
    value += (bytes[at] & 127) * factor;
    if (bytes[at] < 128) return [value, at + 1];
  }
}

function leb(value) {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb(Math.floor(value / 128))];
}
