import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { controlsByPolicy } from './assess/index.js';
import type { Assessment, AuditPlan, Framework, OnProgress, OutputFormat } from './model/index.js';
import { hashOutputs, MANIFEST, writePack } from './pack/index.js';
import {
  PdfNotWrittenError,
  renderChecklistCsv,
  renderChecklistMarkdown,
  renderHtml,
  renderJson,
  renderPdf,
} from './report/index.js';
import type { Store } from './store/index.js';

/** How a PDF is printed: who hears of its progress, and the environment in which its browser is looked for. */
type Printing = { onProgress: OnProgress; env: NodeJS.ProcessEnv };

/** Writes the evidence pack of an assessment: every format the plan asks for, and the manifest. Adds to `assessment.incomplete` what could not be written. */
export async function writeEvidence(
  plan: AuditPlan,
  assessment: Assessment,
  store: Store,
  frameworks: Framework[],
  printing: Printing,
): Promise<void> {
  await writePack(plan.output, async (dir) => {
    if (plan.formats.includes('pdf')) await writePdf(dir, assessment, printing);
    for (const format of plan.formats) await writers[format](dir, assessment, store, frameworks);
    await writeManifest(dir, assessment);
  });
}

/** Printed before the other formats, because they must say when it could not be. */
async function writePdf(dir: string, assessment: Assessment, printing: Printing): Promise<void> {
  const { onProgress, env } = printing;
  try {
    await writeFile(join(dir, 'report.pdf'), await renderPdf(assessment, { onProgress, browser: { env } }));
  } catch (error) {
    if (!(error instanceof PdfNotWrittenError)) throw error;
    assessment.incomplete.push({ kind: 'report-not-written', message: `report.pdf: ${error.message}` });
  }
}

type Write = (dir: string, assessment: Assessment, store: Store, frameworks: Framework[]) => Promise<void>;

const writers: { [F in OutputFormat]: Write } = {
  html: (dir, assessment) => writeFile(join(dir, 'index.html'), renderHtml(assessment)),
  pdf: async () => undefined,
  checklist: async (dir, assessment) => {
    await writeFile(join(dir, 'gap-checklist.csv'), renderChecklistCsv(assessment));
    await writeFile(join(dir, 'gap-checklist.md'), renderChecklistMarkdown(assessment));
  },
  findings: (dir, assessment, store, frameworks) =>
    store.exportFindings(join(dir, 'findings.csv'), findingTexts(assessment, frameworks)),
  parquet: (dir, _assessment, store) => store.exportObservations(join(dir, 'observations.parquet')),
  json: (dir, assessment) => writeFile(join(dir, 'assessment.json'), renderJson(assessment)),
};

function findingTexts(assessment: Assessment, frameworks: Framework[]) {
  const controls = controlsByPolicy(frameworks);
  return Object.fromEntries(
    assessment.policies.map(({ id, title, remediation }) => {
      const cited = (controls.get(id) ?? []).map(
        ({ framework, control, grade }) => `${framework} ${control} (${grade})`,
      );
      return [id, { title, remediation, controls: cited.join('; ') }];
    }),
  );
}

async function writeManifest(dir: string, assessment: Assessment): Promise<void> {
  const { name, version } = assessment.tool;
  const inputs = assessment.inputs.flatMap(({ path, bytes, sha256 }) =>
    sha256 === null ? [] : [{ path, bytes, sha256 }],
  );
  const manifest = {
    schemaVersion: '1.0.0',
    tool: { name, version },
    asOf: assessment.plan.asOf,
    outputs: await hashOutputs(dir),
    inputs,
  };
  await writeFile(join(dir, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
}
