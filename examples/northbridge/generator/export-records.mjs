import { csv, ndjson, prettyJson, withoutNulls, yaml } from './formats.mjs';
import { isoDay, isoSeconds } from './time.mjs';

const time = (ms) =>
  ms === null || ms === undefined ? null : ms === Number.POSITIVE_INFINITY ? 'never' : isoSeconds(ms);
const day = (ms) => (ms === null || ms === undefined ? null : isoDay(ms));
const list = (items) =>
  items === null || items === undefined ? null : items.length === 0 ? '[]' : items.join('|');

/** People and workloads, from the identity directory. */
export function principalsCsv(principals) {
  return csv(
    {
      principal_id: ({ id }) => id,
      aliases: ({ number }) => number,
      name: ({ name }) => name,
      kind: ({ kind }) => kind,
      roles: ({ roles }) => list(roles),
      status: ({ status }) => status,
      departed_at: ({ departed }) => time(departed),
      department: ({ department }) => department,
      trained_at: ({ trained }) => day(trained),
    },
    principals,
  );
}

/** Access grants, from the entitlement system. */
export function grantsCsv(grants) {
  return csv(
    {
      grant_id: ({ id }) => id,
      principal_id: ({ principal }) => principal,
      key_id: ({ key }) => key.id,
      action: ({ action }) => action,
      effect: ({ effect }) => effect,
      role: ({ role }) => role,
      environment: ({ environment }) => environment,
      break_glass: ({ breakGlass }) => breakGlass,
      requested_by: ({ requestedBy }) => requestedBy,
      approved_by: ({ approvedBy }) => approvedBy,
      approved_at: ({ approved }) => time(approved),
      granted_at: ({ granted }) => time(granted),
      removed_at: ({ removed }) => time(removed),
      reviewed_at: ({ reviewed }) => time(reviewed),
      reviewer: ({ reviewer }) => reviewer,
      decision: ({ decision }) => decision,
      ticket: ({ ticket }) => ticket,
      justification: ({ justification }) => justification,
    },
    grants,
  );
}

/** Rotation steps, one a line. */
export const rotationsNdjson = (rotations) => ndjson(rotations.map(rotationRow));

function rotationRow({ id, key, step, at, actor, actorType, status, version, ticket, environment }) {
  const row = { rotation_id: id, key_id: key.id, step, at: time(at), actor, actor_type: actorType, status };
  return { ...row, version: version === null ? null : `v${version}`, ticket, environment };
}

/** Log events, one a line. */
export const eventsNdjson = (events) =>
  ndjson(
    events.map((event) => ({
      event_id: event.id,
      at: time(event.at),
      category: event.category,
      action: event.action,
      key_id: event.key.id,
      actor: event.actor,
      actor_type: event.actorType,
      outcome: event.outcome,
      source_ip: event.ip,
      log: event.log,
      environment: event.environment,
      ticket: event.ticket,
    })),
  );

/** The repositories with their scanning state. */
export const repositoriesYaml = (repositories) =>
  yaml(
    repositories.map((repository) => ({
      repository_id: repository.id,
      aliases: [repository.name, `https://git.northbridge.example/${repository.id}.git`],
      visibility: repository.visibility,
      in_scope: repository.inScope,
      last_scanned: time(repository.scanned),
      full_history_scanned: repository.fullHistory,
      push_protection: repository.pushProtection,
      pre_commit_hook: repository.hook,
      sensitive_files: repository.sensitive,
      owner: repository.team,
    })),
    'Repositories and how they are scanned, from the code host, 2026-09-30',
  );

/** Gateway routes, as the gateway's admin report prints them. */
export const routesJson = (routes) =>
  prettyJson(
    routes.map((route) =>
      withoutNulls({
        route_id: route.id,
        url: route.url,
        environment: route.environment,
        external: route.external,
        vendor: route.vendor,
        min_tls: route.tls,
        ciphers: route.ciphers,
        mtls: route.mtls,
        auth_type: route.auth,
        rate_limit_rps: route.rate,
        burst_rps: route.burst,
        per_key_quota: route.quota,
        ip_allowlist: route.allowlist,
        request_validation: route.validation,
        alert_rules: route.alerts,
        pci_scope: route.pci,
        icfr_relevant: route.icfr,
        carries_pan: route.pan,
        tpp_aspsp_interface: route.tpp,
      }),
    ),
  );

/** Incidents that concern credentials. */
export const incidentsYaml = (incidents) =>
  yaml(
    incidents.map((incident) => ({
      incident_id: incident.id,
      title: incident.title,
      severity: incident.severity,
      kind: incident.kind,
      key_ids: incident.keys.map(({ id }) => id),
      vendor: incident.vendor,
      detected_at: time(incident.detected),
      contained_at: time(incident.contained),
      investigated_at: time(incident.investigated),
      remediated_at: time(incident.remediated),
      closed_at: time(incident.closed),
      reviewed_at: time(incident.reviewed),
      root_cause: incident.rootCause,
      affected: incident.affected,
      actions_tracked: incident.tracked,
    })),
    'Incident register, credentials only',
  );

/** The vendor register. */
export function vendorsCsv(vendors) {
  return csv(
    {
      vendor_id: ({ id }) => id,
      name: ({ name }) => name,
      status: ({ status }) => status,
      terminated_at: ({ terminated }) => time(terminated),
      assessed_at: ({ assessed }) => day(assessed),
      reviewed_at: ({ reviewed }) => day(reviewed),
      certification_expires: ({ certification }) => day(certification),
      pentest_at: ({ pentest }) => day(pentest),
      contract_clauses: ({ clauses }) => list(clauses),
      breach_notice_hours: ({ breachHours }) => breachHours,
      contract_expires: ({ contract }) => day(contract),
      personal_data: ({ personal }) => personal,
      critical_or_important_function: (vendor) => vendor.function,
    },
    vendors,
  );
}

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
      attestor: document.attestor,
      attested_on: day(document.attested),
      signature_ref: document.signature,
    })),
    'Governance documents on record',
  );

/** Decisions on findings of the second scanner. */
export function triageCsv(triage) {
  return csv(
    {
      finding_id: ({ id }) => id,
      repository_id: ({ repository }) => repository,
      tool: () => 'northbridge-scan',
      rule: () => 'high-entropy-value',
      path: ({ path }) => path,
      line: ({ line }) => line,
      first_seen: ({ seen }) => day(seen),
      verified: () => false,
      state: ({ state }) => state,
      reason: ({ reason }) => (reason === '' ? '-' : reason),
    },
    triage,
  );
}
