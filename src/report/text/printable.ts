export { LONGEST_TEXT, printable, printableText } from '../../text/printable.js';
