import { expect, it } from 'vitest';
import { cefIn } from '../../src/ingest/fields/cef.js';

const line = (extension: string) =>
  `<5>1 2026-09-14T08:12:31Z V CEF:0|Cyber-Ark|Vault|14|295|Retrieve|5|${extension}`;
const membersOf = (extension: string) => cefIn(line(extension))?.extension;

it.each([
  [
    'act="Retrieve password" suser=ines fname= shost=192.0.2.1',
    { act: 'Retrieve password', suser: 'ines', fname: '', shost: '192.0.2.1' },
  ],
  ['fname=Root\\a b\\c duser=x  msg=', { fname: 'Root\\a b\\c', duser: 'x', msg: '' }],
  ['reason="for suser=admin today" cs2=Payments', { reason: 'for suser=admin today', cs2: 'Payments' }],
  ['reason="never closed suser=ines', { reason: '"never closed', suser: 'ines' }],
  ['reason=" suser="ines"', { reason: ' suser="ines' }],
  ['reason="" suser=ines', { reason: '', suser: 'ines' }],
  ['msg=a\\=b cs1=c|d', { msg: 'a=b', cs1: 'c|d' }],
  ['', {}],
  ['no members at all', {}],
])('%s', (extension, members) => {
  expect(membersOf(extension)).toEqual(members);
});

it('names what stands in a line twice, and keeps the first', () => {
  const read = cefIn(line('cs2="Payments" reason="x" cs2="Treasury" suser=a suser=a'));
  expect([read?.twice, read?.extension['cs2']]).toEqual([['cs2'], 'Payments']);
});

it.each([
  'CEF:0|Cyber-Ark|Vault|14|295|Retrieve|5',
  'CEF: nothing',
  '{"message":"CEF:0|a|b|c|d|e|5|f=g"}',
  'LEEF:1.0|Cyber-Ark|Vault|14|295|',
])('%s is no line of it', (text) => {
  expect(cefIn(text)).toBeNull();
});

it('takes no longer than the text: spaces, names and quotation marks without end', () => {
  for (const part of [' ', 'a ', ' a="', '"', ' a=']) {
    expect(cefIn(line(part.repeat(200_000)))?.vendor).toBe('Cyber-Ark');
  }
});
