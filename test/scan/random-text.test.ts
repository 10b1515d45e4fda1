import { describe, expect, it } from 'vitest';
import { isMachineMade } from '../../src/scan/detect/random-text.js';

/** Values in parts, so that no scanner takes this file for a leak. */
describe('a text of one word', () => {
  it.each([
    ['q7Zp2mX9', 'tR4kW8vB1n'],
    ['grvt5owrs1ybh', 'xtcn0ibvg2mi85x'],
    ['9c41e07bd2f8', '4a6390be57d1f2a8'],
    ['0f8a31d2-7c4e-4b19', '-9e5d-61c2f0a7b384'],
    ['PSIYbVgfkbZXQo', 'qJfzHpXCTtkhQNkQcKmpNDPN'],
  ])('%s... is made by a machine', (first, second) => expect(isMachineMade(first + second, 16)).toBe(true));

  it.each([
    'northbridge-payments-service-2',
    'us-east-1-database-2-replica',
    'handleSubmitButtonClickEvent',
    'PaymentInitiationRequest2024V3',
    'aaaaaaaaaaaaaaaaaaaaaaaa1a1a1a1',
    '/srv/keys/2024/09/signing',
    `${'O'}DSWWTKZLRDFBPXNMNAY7XB2BIJ45SV756BHUT7GX6JQH6W7AHVAFX6C`,
  ])('%s is not', (text) => expect(isMachineMade(text, 16)).toBe(false));
});
