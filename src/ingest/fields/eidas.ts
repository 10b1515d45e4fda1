/** Organisation identifier of a payment service provider in the subject of a certificate (ETSI TS 119 495). */
const AUTHORISED = /(?:organi[sz]ationIdentifier|(?:OID\.)?2\.5\.4\.97)\s*=\s*"?PSD[A-Z]{2}-/i;

/** Returns whether the subject names a payment service provider, as those of QWAC and QSealC do; null if not. */
export function isForOpenBanking(subject: string | null): true | null {
  return subject !== null && AUTHORISED.test(subject) ? true : null;
}
