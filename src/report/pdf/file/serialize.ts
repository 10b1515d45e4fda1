import {
  PdfArray,
  PdfDict,
  PdfName,
  PdfNumber,
  type PdfObject,
  PdfRef,
  PdfStream,
  PdfString,
} from '@libpdf/core';

/**
 * Returns an object as it stands in a PDF file, one character a byte (ISO 32000-1, 7.3). Strings are written in
 * parentheses, so that whoever searches the file for a text finds it. A stream gives its dictionary only.
 */
export function serialize(object: PdfObject): string {
  if (object instanceof PdfRef) return `${object.objectNumber} ${object.generation} R`;
  if (object instanceof PdfName) return nameText(object.value);
  if (object instanceof PdfNumber) return numberText(object.value);
  if (object instanceof PdfString) return `(${stringText(object.bytes)})`;
  if (object instanceof PdfArray) return `[${[...object].map(serialize).join(' ')}]`;
  if (object instanceof PdfDict || object instanceof PdfStream) return dictText(object);
  return object.type === 'bool' ? String(object.value) : 'null';
}

function dictText(dict: PdfDict): string {
  const entries = [...dict].map(([name, value]) => `${nameText(name.value)} ${serialize(value)}`);
  return `<<${entries.join(' ')}>>`;
}

function nameText(name: string): string {
  const bytes = Buffer.from(name, 'utf8').toString('latin1');
  return `/${bytes.replace(/[^!-~]|[#/()<>[\]{}%]/g, (found) => `#${hex(found)}`)}`;
}

function stringText(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\\()]/g, '\\$&')
    .replace(/\r/g, '\\r');
}

/** A PDF knows no exponents. */
function numberText(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(6).replace(/\.?0+$/, '');
}

const hex = (character: string): string => character.charCodeAt(0).toString(16).padStart(2, '0');
