#!/usr/bin/env node
/**
 * Writes the exports of Marenholt Bank, a bank that does not exist, and the list of what is wrong in them.
 * `node examples/marenholt/generate.mjs` writes; `--check` compares and exits 1 if one differs.
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeBank } from '../shared/write-bank.mjs';
import { createBank } from './generator/bank.mjs';
import { bankFiles } from './generator/files.mjs';

writeBank(dirname(fileURLToPath(import.meta.url)), bankFiles(createBank()));
