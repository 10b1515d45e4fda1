import type { Capabilities } from './toolchain.js';

/** Built-ins that OPA 1.22 compiles into the WebAssembly module itself (internal/compiler/wasm/wasm.go). */
const IN_WASM = `
  abs all and any array.concat array.flatten array.reverse array.slice assign base64.decode base64.encode
  base64.is_valid base64url.decode base64url.encode bits.and bits.lsh bits.negate bits.or bits.rsh bits.xor ceil concat
  contains count div endswith eq equal floor format_int glob.match graph.reachable gt gte indexof
  internal.member_2 internal.member_3 internal.template_string intersection is_array is_boolean is_null is_number
  is_object is_set is_string json.filter json.is_valid json.marshal json.remove json.unmarshal lower lt lte max min minus
  mul neq net.cidr_contains net.cidr_intersects numbers.range object.filter object.get object.keys object.remove
  object.union object.union_n or plus product regex.find_all_string_submatch_n regex.is_valid regex.match rem replace
  round sort split startswith strings.replace_n strings.reverse substring sum to_number trim trim_left trim_prefix
  trim_right trim_space trim_suffix type_name union upper walk`;

/** Built-ins that OPA leaves to the host: src/rego/builtins.ts has the hot ones, OPA's own Go the others. */
const FROM_HOST = `
  base64url.encode_no_pad cast_array cast_boolean cast_null cast_object cast_set cast_string crypto.hmac.equal
  crypto.hmac.md5 crypto.hmac.sha1 crypto.hmac.sha256 crypto.hmac.sha512 crypto.md5 crypto.parse_private_keys
  crypto.sha1 crypto.sha256 crypto.x509.parse_certificate_request crypto.x509.parse_certificates
  crypto.x509.parse_keypair crypto.x509.parse_rsa_private_key glob.quote_meta graph.reachable_paths
  graphql.is_valid graphql.parse graphql.parse_and_verify graphql.parse_query graphql.parse_schema
  graphql.schema_is_valid hex.decode hex.encode indexof_n io.jwt.decode io.jwt.verify_eddsa
  io.jwt.verify_es256 io.jwt.verify_es384 io.jwt.verify_es512 io.jwt.verify_hs256 io.jwt.verify_hs384
  io.jwt.verify_hs512 io.jwt.verify_ps256 io.jwt.verify_ps384 io.jwt.verify_ps512 io.jwt.verify_rs256
  io.jwt.verify_rs384 io.jwt.verify_rs512 json.marshal_with_options json.match_schema json.patch
  json.verify_schema net.cidr_contains_matches net.cidr_expand net.cidr_is_valid net.cidr_merge
  net.cidr_overlap numbers.range_step object.subset re_match regex.find_n regex.globs_match regex.replace
  regex.split regex.template_match rego.parse_module semver.compare semver.is_valid set_diff sprintf
  strings.any_prefix_match strings.any_suffix_match strings.count strings.render_template strings.split_n
  time.add_date time.clock time.date time.diff time.format time.parse_duration_ns time.parse_ns
  time.parse_rfc3339_ns time.weekday trace units.parse units.parse_bytes uri.is_valid uri.parse
  urlquery.decode urlquery.decode_object urlquery.encode urlquery.encode_object uuid.parse yaml.is_valid
  yaml.marshal yaml.unmarshal`;

/** Erased, or rewritten, when a policy is compiled; tests run them. */
const COMPILE_TIME = 'internal.print internal.test_case print rego.metadata.chain rego.metadata.rule';

/**
 * Returns what an audit compiles with: every built-in that gives the same answer for the same input on every machine.
 * Without: http.send, net.lookup_ip_addr, opa.runtime, rand.intn, time.now_ns, uuid.rfc4122, which ask network,
 * machine, chance or clock; io.jwt.decode_verify and crypto.x509.parse_and_verify_certificates (and _with_options),
 * which do so if the policy names no time; io.jwt.encode_sign (and _raw), whose signatures differ;
 * providers.aws.sign_req, made for http.send.
 */
export function deterministicCapabilities(): Capabilities {
  return { builtins: `${IN_WASM} ${FROM_HOST} ${COMPILE_TIME}`.trim().split(/\s+/).sort() };
}
