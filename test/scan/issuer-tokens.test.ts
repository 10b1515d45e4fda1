import { describe, expect, it } from 'vitest';
import { search, settle } from '../../src/scan/detect/detect-in-files.js';
import { redactSecrets } from '../../src/secrets/redact.js';

const HEX = '0123456789abcdef';
const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789';
const ALNUM = `ABCDEFGHIJKLMNOPQRSTUVWXYZ${LOWER}`;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** Returns a text as an issuer draws it, the same at every run. */
function drawn(alphabet: string, length: number, seed = 7): string {
  let state = seed + length;
  return Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return alphabet[Math.floor((state / 2_147_483_648) * alphabet.length)];
  }).join('');
}

const hex = (length: number, seed?: number) => drawn(HEX, length, seed);
const alnum = (length: number, seed?: number) => drawn(ALNUM, length, seed);
const uuid = () => [8, 4, 4, 4, 12].map((length) => hex(length)).join('-');
const claims = `eyJ${alnum(30)}.eyJ${alnum(120)}.${alnum(43)}`;

async function rulesIn(text: string, path = 'config/app.ts'): Promise<string[]> {
  const [all = []] = await settle([search({ path, bytes: Buffer.from(text) })]);
  return all.map(({ rule, value }) => `${rule} ${value}`);
}

/** Rule, token as its issuer draws it, and what is before it in its line if its issuer gives it no mark. */
const TRUE: readonly (readonly [rule: string, token: string, before?: string])[] = [
  ['github-token', `${'gh'}s_1234567_${claims}`],
  ['square-access-token', `sandbox-${'sq0'}atb-${alnum(22)}`],
  ['square-secret', `sandbox-${'sq0'}csb-${alnum(43)}`],
  ['flutterwave-key', `${'FLW'}SECK-${hex(32)}-X`],
  ['flutterwave-key', `${'FLW'}SECK-${hex(32)}-19c2${hex(5)}vt-X`],
  ['flutterwave-key', `${'FLW'}SECK_TEST${hex(12)}`],
  ['checkout-com-key', `${'sk'}_${drawn(BASE32, 24)}4q#`],
  ['checkout-com-key', `${'sk'}_sbox_${drawn(BASE32, 24)}4q=`],
  ['circle-key', `${'LIVE'}_API_KEY:${hex(32)}:${hex(32, 3)}`],
  ['circle-key', `${'KIT'}_KEY:${hex(32)}:${hex(32, 3)}`],
  ['sumsub-token', `${'prd'}:${alnum(24)}.${alnum(32)}`],
  ['rapyd-secret-key', `${'rsk'}_${hex(80)}`],
  ['ramp-client-secret', `${'ramp'}_sec_${alnum(48)}`],
  ['pagarme-key', `${'ak'}_live_${alnum(30)}`],
  ['robinhood-key', `${'rh'}-api-${uuid()}`],
  ['recharge-token', `${'sk'}_1x1_${hex(64)}`],
  ['mollie-access-token', `${'access'}_${alnum(40)}`, 'mollieToken = '],
  ['column-key', `${'live'}_${alnum(27)}`, 'column_api_key: '],
  ['infobip-key', `${hex(32)}-${uuid()}`, 'INFOBIP_API_KEY='],
  ['currencycloud-key', hex(64), 'currencycloud_api_key = '],
  ['alibaba-access-key-secret', alnum(30), 'alibaba_cloud_access_key_secret: '],
  ['cloudflare-token', `${'cf'}ut_${alnum(40)}${hex(8)}`],
  ['sonar-token', `${'sq'}co_${alnum(59)}`],
  ['new-relic-license-key', `${hex(32)}${'FFFF'}NRAL`],
  ['new-relic-license-key', `${'eu01'}xx${hex(26)}FFFFNRAL`],
  ['new-relic-license-key', `${hex(36)}${'NR'}AL`],
  ['octopus-key', `${'API'}-${drawn(`${ALNUM.slice(0, 26)}23456`, 31)}`],
  ['mailgun-key', `${hex(32)}-${hex(8)}-${hex(8, 3)}`, 'MAILGUN_KEY='],
  ['klaviyo-key', `${'pk'}_${alnum(6)}_${hex(34)}`],
  ['replicate-token', `${'r8'}_${alnum(20)}-${alnum(16)}`],
  ['salesforce-refresh-token', `${'5Aep'}861${alnum(90)}`],
  ['azure-sas-signature', `${alnum(20)}-${alnum(21)}_`, 'https://x.invalid/invoke?sp=run&sig='],
  ['aws-bedrock-key', `${'bedrock'}-api-key-${alnum(200)}`],
  ['authress-key', `${'sc'}_${alnum(12)}.${alnum(4)}.acc_${alnum(20)}.${alnum(60)}`],
  ['settlemint-token', `${'sm'}_pat_${alnum(16)}`],
  ['voiceflow-key', `${'VF'}.DM.${hex(24)}.${alnum(16)}`],
  ['zoho-token', `${'1000'}.${hex(32)}.${hex(32, 3)}`],
  ['gitlab-session', drawn(LOWER, 32), `${'_gitlab'}_session=`],
  ['service-key', hex(32), 'adyen_hmac = '],
  ['service-key', alnum(24), 'truelayerSigning: '],
];

/** What looks like a token of an issuer and is none: an identifier, what is published, and one of another length or alphabet. */
const NONE: readonly (readonly [what: string, text: string])[] = [
  ['an access key id of Alibaba Cloud', `id: LTAI${alnum(20)}`],
  ['a secret id of Tencent Cloud', `x: AKID${alnum(32)}`],
  ['an access key of Scaleway', `SCW${drawn(ALNUM.slice(0, 26), 17)}`],
  ['an access id of Cloud Storage', `GOOG1E${drawn(ALNUM.slice(0, 26), 55)}`],
  ['a key id of Razorpay, which pages have', `key: "${'rzp'}_live_${alnum(14)}"`],
  ['a public key of Checkout.com', `${'pk'}_${drawn(BASE32, 27)}`],
  ['a name in words', 'sk_thisisnotakeybutanamewords'],
  ['an access key of Rapyd', `${'rak'}_${hex(20).toUpperCase()}`],
  ['a public key of Flutterwave', `${'FLW'}PUBK-${hex(32)}-X`],
  ['a secret of Rapyd that is cut', `${'rsk'}_${hex(40)}`],
  ['an access key id of AWS that is called a key', `const x = { key: "AKIA${'Q3AM3UQ867SPQQA4'}" }`],
  ['a public key of Stripe that is called a key', `const x = { apiKey: "${'pk'}_live_${alnum(24)}" }`],
  ['a key of Circle with one part', `${'KIT'}_KEY:${alnum(12)}`],
  ['a token of Sumsub that is cut', `${'sbx'}:${alnum(24)}.${alnum(20)}`],
  ['a token of Cloudflare with another ending', `${'cf'}ut_${alnum(40)}${'zyxwvuts'}`],
  ['a license key with another ending', `${hex(32)}${'ABCD'}NRAL`],
  ['a trace with two ids', `trace ${hex(32)}-${hex(8)}-${hex(8, 3)}`],
];

describe('tokens as their issuers draw them', () => {
  it.each(TRUE)('%s: %s', async (rule, value, before = 'x = ') => {
    expect(await rulesIn(`const a = 1;\n${before}${value}\n`)).toEqual([`${rule} ${value}`]);
  });

  it.each(NONE)('not %s', async (_, text) => expect(await rulesIn(`${text}\n`)).toEqual([]));
});

describe('what is printed', () => {
  it.each([
    ['an installation token of GitHub', `${'gh'}s_1234567_${claims}`],
    ['a token of GitLab with its length and checksum', `${'gl'}pat-${alnum(40)}.01.${drawn(LOWER, 9)}`],
    ['a token of GitLab with its checksum', `${'gl'}pat-${alnum(40)}.${drawn(LOWER, 9)}`],
  ])('has nothing left of %s', (_, value) => {
    expect(redactSecrets(`before ${value}. After`)).toMatch(/^before (?:sha256|hmac):[0-9a-f]+\. After$/);
  });
});
