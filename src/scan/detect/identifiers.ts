/**
 * What issuers name a caller by, or publish with a page: AWS, Alibaba Cloud, Tencent Cloud, Scaleway, Google Cloud Storage, Razorpay,
 * Rapyd, Flutterwave, Stripe and others, Checkout.com, Square, Salesforce. None of them opens anything without its secret.
 */
const SHAPES: readonly string[] = [
  '(?:A3T[A-Z0-9]|AKIA|ASIA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|ABIA|ACCA)[A-Z0-9]{16}',
  'LTAI[A-Za-z0-9]{12,20}',
  'AKID[A-Za-z0-9]{32}',
  'SCW[A-Z0-9]{17}',
  'GOOG1?[A-Z0-9]{20,58}',
  'rzp_(?:live|test)_[A-Za-z0-9]{14}',
  'rak_[0-9A-F]{20}',
  'FLWPUBK(?:_TEST)?-[A-Za-z0-9-]{12,60}',
  '(?:pk|pub)_(?:live|test|prod|sandbox)_[A-Za-z0-9]{10,247}',
  'pk_(?:sbox_)?[a-z2-7]{26}[a-z2-7*#$=]',
  '(?:sandbox-)?sq0id[a-z]-[\\w-]{22}',
  '3MVG9[\\w.]{60,250}',
];
const IDENTIFIER = new RegExp(`^(?:${SHAPES.join('|')})$`);

/** Returns whether a value has the shape of what its issuer does not keep secret. */
export function isIdentifier(value: string): boolean {
  return IDENTIFIER.test(value);
}
