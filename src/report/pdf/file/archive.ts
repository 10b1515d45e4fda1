import { type PDF, PdfArray, PdfDict, PdfName, PdfNumber, PdfStream, PdfString } from '@libpdf/core';
import { srgbProfile } from './srgb-profile.js';

/** What a document states about itself. */
export type DocumentFacts = {
  /** Title. */
  title: string;
  /** Name and version of the program that wrote it. */
  creator: string;
};

/**
 * Makes a document of Chromium fit for archives (PDF/A-2b, ISO 19005-2): the same facts as metadata and as information, and the
 * meaning of its colours. It states no date: the date it speaks for is in its title, and a date of printing would make
 * each print another file.
 */
export function setArchiveFacts(pdf: PDF, facts: DocumentFacts): void {
  const { context } = pdf;
  const information = PdfDict.of({
    Title: PdfString.fromString(facts.title),
    Creator: PdfString.fromString(facts.creator),
  });
  context.info.trailer.set('Info', context.register(information));
  const catalog = pdf.getCatalog();
  catalog.set('Metadata', context.register(metadata(facts)));
  catalog.set('OutputIntents', new PdfArray([context.register(outputIntent(pdf))]));
}

function metadata(facts: DocumentFacts): PdfStream {
  const entries = { Type: PdfName.of('Metadata'), Subtype: PdfName.of('XML') };
  return PdfStream.fromDict(entries, Buffer.from(xmp(facts), 'utf8'));
}

function outputIntent({ context }: PDF): PdfDict {
  const profile = PdfStream.fromDict({ N: PdfNumber.of(3) }, srgbProfile());
  return PdfDict.of({
    Type: PdfName.of('OutputIntent'),
    S: PdfName.of('GTS_PDFA1'),
    OutputConditionIdentifier: PdfString.fromString('sRGB'),
    DestOutputProfile: context.register(profile),
  });
}

function xmp({ title, creator }: DocumentFacts): string {
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${xmlText(title)}</rdf:li></rdf:Alt></dc:title>
<xmp:CreatorTool>${xmlText(creator)}</xmp:CreatorTool>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`;
}

function xmlText(text: string): string {
  return text.replace(/[&<>]/g, (found) => `&#${found.charCodeAt(0)};`);
}
