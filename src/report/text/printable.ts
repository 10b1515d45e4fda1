export { printable, printableText } from '../../text/printable.js';
