import { describe, expect, it } from 'vitest';
import { twoRowHead } from '../../src/ingest/reading/two-row-head.js';
import { readFolder } from './folder.js';

const ROWS = ['K-1,Key Office,2026-08-01,90,active,high', 'K-2,Treasury,2026-07-01,90,active,critical'];
const NAMES = 'last_rotated,rotation_interval_days,status,risk_tier';

describe('a head of two rows', () => {
  it.each([
    ['blank below what is merged over both', `,,${NAMES}`],
    ['filled below, as a workbook is read', `key_id,owner,${NAMES}`],
  ])('gives the columns the lower names: %s', async (_name, below) => {
    const text = ['key_id,owner,Rotation,,State,', below, ...ROWS].join('\n');
    const { files, records } = await readFolder({ 'register.csv': text });
    expect(files[0]).toMatchObject({ adapter: 'canonical', records: 2, rejects: [] });
    expect(files[0]?.decisions).toEqual(['rows 1 and 2 hold the column names']);
    expect(records.keys?.map(({ key_id, risk_tier }) => [key_id, risk_tier])).toEqual([
      ['K-1', 'high'],
      ['K-2', 'critical'],
    ]);
  });

  it('puts the group before names that are there twice', () => {
    expect(twoRowHead(['Id', 'Test', '', 'Live', ''], ['', 'from', 'to', 'from', 'to'])).toEqual([
      'Id',
      'Test from',
      'Test to',
      'Live from',
      'Live to',
    ]);
  });

  it.each([
    ['a record below unnamed columns', ['key_id', 'owner', ''], ['K-1', 'Key Office', 'note']],
    ['a record without an id', ['key_id', '', 'owner'], ['', 'note', 'Key Office']],
    ['a record that lacks cells', ['key_id', 'owner', 'notes', ''], ['', 'Key Office', '', '']],
    ['numbers below groups', ['key_id', 'Rotation', ''], ['', '90', '30']],
    ['one row alone', ['key_id', 'Rotation', ''], undefined],
  ])('is none: %s', (_name, upper, lower) => {
    expect(twoRowHead(upper, lower)).toBeNull();
  });
});
