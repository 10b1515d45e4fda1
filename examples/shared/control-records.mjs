import { day, list, text, time } from './cells.mjs';
import { csv, ndjson, yaml } from './formats.mjs';

/** The ticket system's list of changes, access requests and sign-offs. */
export const changesCsv = (changes) =>
  csv(
    {
      change_id: ({ id }) => id,
      kind: ({ kind }) => kind,
      title: ({ title }) => title,
      integration: ({ integration }) => integration,
      environment: ({ environment }) => environment,
      requested_by: ({ requestedBy }) => requestedBy,
      approved_by: ({ approvedBy }) => list(approvedBy),
      approved_at: ({ approved }) => time(approved),
      implemented_at: ({ implemented }) => time(implemented),
      status: ({ status }) => status,
      document_ref: ({ document }) => text(document),
    },
    changes,
  );

/** Runs of controls, one a line, from the scheduler. */
export const controlRunsNdjson = (runs) =>
  ndjson(
    runs.map((run) => ({
      control: run.control,
      at: time(run.at),
      channel: run.channel,
      target: run.target,
      status: run.status,
      findings: run.findings,
      alerted_at: time(run.alerted),
      ticket: run.ticket,
    })),
  );

/** How each log is kept. */
export const logSourcesYaml = (sources) =>
  yaml(
    sources.map((source) => ({
      log: source.log,
      time_source: source.clock,
      max_skew_ms: source.skew,
      immutable: source.immutable,
      hash_chain_verified_at: time(source.verified),
      central: source.central,
      readers: source.readers,
      allowed_readers: source.allowed,
      deleters: source.deleters,
      retention_days: source.retention,
      hot_days: source.hot,
      retention_basis: source.basis,
      required_record: source.required,
      pci_scope: source.pci,
      icfr_relevant: source.icfr,
      personal_data: source.personal,
    })),
    'Logs and how they are kept, from the log platform',
  );

/** Decisions to notify. */
export const notificationsCsv = (notifications) =>
  csv(
    {
      incident_id: ({ incident }) => incident,
      regime: ({ regime }) => regime,
      required: ({ required }) => required,
      reason: ({ reason }) => reason,
      decided_by: ({ decidedBy }) => decidedBy,
      decided_at: ({ decided }) => time(decided),
      due_at: ({ due }) => time(due),
      sent_at: ({ sent }) => time(sent),
      delay_reason: ({ delayReason = null }) => delayReason,
      delay_told_at: ({ delayTold = null }) => time(delayTold),
    },
    notifications,
  );

/** The register of findings and exceptions. */
export const registerCsv = (items) =>
  csv(
    {
      item_id: ({ id }) => id,
      kind: ({ kind }) => kind,
      title: ({ title }) => title,
      severity: ({ severity }) => severity,
      owner: ({ owner }) => text(owner),
      due: ({ due }) => day(due),
      status: ({ status }) => status,
      expires: ({ expires }) => day(expires),
    },
    items,
  );

/** What scanners found outside repositories. */
export const channelFindingsCsv = (findings) =>
  csv(
    {
      finding_id: ({ id }) => id,
      channel: ({ channel }) => channel,
      kind: ({ kind }) => kind,
      tool: ({ tool }) => tool,
      rule: ({ kind }) => (kind === 'secret' ? 'high-entropy-value' : 'account-number'),
      path: ({ path }) => path,
      key_id: ({ key }) => key,
      first_seen: ({ seen }) => day(seen),
      verified: () => false,
      state: ({ state }) => state,
      reason: ({ reason }) => text(reason),
    },
    findings,
  );

/** Documents somebody answers for. */
export const attestationsYaml = (attestations) =>
  yaml(
    attestations.map((document) => ({
      rule: document.rule,
      document_title: document.title,
      document_sha256: document.sha,
      version: document.version,
      owner: document.owner,
      approver: document.approver,
      approved_on: day(document.approved),
      effective_from: day(document.effective),
      next_review: day(document.nextReview),
      scope: document.scope,
      topics: document.topics,
      participants: document.participants,
      findings: document.findings,
      actions: document.actions,
      open_high_findings: document.openHigh,
      held_on: day(document.held),
      scenario: document.scenario,
      contacts: document.contacts,
      assessor: document.assessor,
      assessor_independent: document.independent,
      go_live: day(document.goLive),
      values: document.values,
      attestor: document.attestor,
      attested_on: day(document.attested),
      signature_ref: document.signature,
    })),
    'Governance documents on record',
  );

/** How each exported file was taken. */
export const extractsCsv = (extracts) =>
  csv(
    {
      file: ({ file }) => file,
      system: ({ system }) => system,
      query: ({ query }) => query,
      extracted_at: ({ extracted }) => time(extracted),
      extractor: ({ extractor }) => extractor,
      record_count: ({ count }) => count,
      sha256: ({ sha256 }) => sha256,
      covers_from: ({ from }) => time(from),
      covers_to: ({ to }) => time(to),
    },
    extracts,
  );
