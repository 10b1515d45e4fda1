import { day, list, text, time } from './cells.mjs';
import { csv, ndjson, prettyJson, withoutNulls, yaml } from './formats.mjs';
import { DAY } from './time.mjs';

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
      approved_actions: ({ approvedActions }) => list(approvedActions),
      granted_at: ({ granted }) => time(granted),
      removed_at: ({ removed }) => time(removed),
      reviewed_at: ({ reviewed }) => time(reviewed),
      previous_review_at: (entry) => time(previousReview(entry)),
      reviewer: ({ reviewer }) => reviewer,
      decision: ({ decision }) => decision,
      ticket: ({ ticket }) => text(ticket),
      justification: ({ justification }) => text(justification),
    },
    grants,
  );
}

/** The review of the quarter before; a right younger than that was reviewed once. */
function previousReview({ reviewed, previous = reviewed - 88 * DAY, granted }) {
  return previous > granted ? previous : Number.POSITIVE_INFINITY;
}

/** Rotation steps, one a line. */
export const rotationsNdjson = (rotations) => ndjson(rotations.map(rotationRow));

function rotationRow(rotation) {
  const { id, key, step, actor, status, version, ticket, environment } = rotation;
  return {
    rotation_id: id,
    key_id: key.id,
    step,
    at: time(rotation.at),
    actor,
    actor_type: rotation.actorType,
    status,
    version: version === null ? null : `v${version}`,
    approvers: rotation.approvers,
    notified: rotation.notified,
    error_rate_delta_percent: rotation.errorDelta,
    ticket,
    environment,
  };
}

/** Log events, one a line. */
export const eventsNdjson = (events) =>
  ndjson(
    events.map((event) => ({
      event_id: event.id,
      at: time(event.at),
      category: event.category,
      action: event.action,
      key_id: event.key,
      route_id: event.route,
      actor: event.actor,
      actor_type: event.actorType,
      outcome: event.outcome,
      source_ip: event.ip,
      workload: event.workload,
      client: event.client,
      credential_in_url: event.urlCredential,
      latency_ms: event.latency,
      http_status: event.status,
      scopes: event.scopes,
      account: event.account,
      log: event.log,
      environment: event.environment,
      ticket: event.ticket,
      break_glass: event.breakGlass,
    })),
  );

/** The repositories with their scanning state. */
export const repositoriesYaml = (repositories) =>
  yaml(
    repositories.map((repository) => ({
      repository_id: repository.id,
      aliases: repository.aliases,
      visibility: repository.visibility,
      in_scope: repository.inScope,
      last_scanned: time(repository.scanned),
      full_history_scanned: repository.fullHistory,
      push_protection: repository.pushProtection,
      pre_commit_hook: repository.hook,
      sensitive_files: repository.sensitive,
      ignore_patterns: repository.ignored,
      owner: repository.team,
      pci_scope: repository.pci,
      icfr_relevant: repository.icfr,
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
        status: route.status,
        environment: route.environment,
        external: route.external,
        behind_gateway: route.behindGateway,
        vendor: route.vendor,
        min_tls: route.tls,
        ciphers: route.ciphers,
        mtls: route.mtls,
        auth_type: route.auth,
        credential_in: route.credentialIn,
        key_delivery: route.keyDelivery,
        token_ttl_s: route.ttl,
        refresh_ttl_days: route.refresh,
        token_binding: route.binding,
        client_certificate: route.certificate,
        client_certificate_expires: day(route.certificateExpires),
        client_certificate_roles: route.certificateRoles,
        client_credential: route.clientCredential,
        upstream_credential: route.upstreamCredential,
        client_scopes: route.clientScopes,
        upstream_scopes: route.upstreamScopes,
        rate_limit_rps: route.rate,
        burst_rps: route.burst,
        per_key_quota: route.quota,
        ip_allowlist: route.allowlist,
        request_validation: route.validation,
        response_fields: route.fields,
        approved_fields: route.approvedFields,
        config_hash: route.config,
        baseline_hash: route.baseline,
        config_changed_at: time(route.changed),
        ticket: route.ticket,
        calls: route.calls,
        calls_from: time(route.callsFrom),
        calls_to: time(route.callsTo),
        inline_detection: route.inline,
        alert_rules: route.alerts,
        pci_scope: route.pci,
        icfr_relevant: route.icfr,
        carries_pan: route.pan,
        tpp_aspsp_interface: route.tpp,
        personal_data: route.personal,
        critical_or_important_function: route.function,
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
      triaged_at: time(incident.triaged),
      aware_at: time(incident.aware),
      classified_at: time(incident.classified),
      notice_received_at: time(incident.notice),
      malicious_unauthorised_access: incident.malicious,
      possible_data_loss: incident.loss,
      personal_data_breach: incident.breach,
      customer_information_accessed: incident.customer,
      card_data_affected: incident.card,
      contained_at: time(incident.contained),
      investigated_at: time(incident.investigated),
      remediated_at: time(incident.remediated),
      closed_at: time(incident.closed),
      reviewed_at: time(incident.reviewed),
      root_cause: incident.rootCause,
      affected: incident.affected,
      actions_tracked: incident.tracked,
      personal_data: incident.breach,
      pci_scope: incident.card ? 'cde' : null,
      critical_or_important_function: incident.severity === 'critical',
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
      questionnaire_at: ({ questionnaire }) => day(questionnaire),
      incident_readiness_at: ({ readiness }) => day(readiness),
      data_handling_reviewed_at: ({ handling }) => day(handling),
      reviewed_at: ({ reviewed }) => day(reviewed),
      certification_expires: ({ certification }) => day(certification),
      aoc_expires: ({ aoc }) => day(aoc),
      pentest_at: ({ pentest }) => day(pentest),
      contract_signed_at: ({ signed }) => day(signed),
      contract_clauses: ({ clauses }) => list(clauses),
      breach_notice_hours: ({ breachHours }) => breachHours,
      contract_expires: ({ contract }) => day(contract),
      jurisdiction: ({ jurisdiction }) => text(jurisdiction),
      transfer_mechanism: ({ transfer }) => text(transfer),
      consent_basis: ({ consent }) => text(consent),
      aml_relevant: ({ aml }) => aml,
      pci_scope: ({ pci }) => pci,
      carries_pan: ({ pan }) => pan,
      icfr_relevant: ({ icfr }) => icfr,
      tpp_aspsp_interface: ({ tpp }) => tpp,
      personal_data: ({ personal }) => personal,
      critical_or_important_function: (vendor) => vendor.function,
    },
    vendors,
  );
}

/** Decisions on findings of the second scanner. */
export function triageCsv(triage) {
  return csv(
    {
      finding_id: ({ id }) => id,
      repository_id: ({ repository }) => repository,
      tool: ({ tool }) => tool,
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
