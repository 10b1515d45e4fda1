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

/** Built-ins of src/rego/builtins.ts. */
const NATIVE =
  'sprintf strings.any_prefix_match strings.any_suffix_match strings.count time.parse_rfc3339_ns';

/** Erased, or rewritten, when a policy is compiled; tests run them. */
const COMPILE_TIME = 'internal.print internal.test_case print rego.metadata.chain rego.metadata.rule';

/**
 * What an audit compiles with: the built-ins that give the same answer for the same input on every machine, and that
 * WebAssembly and src/rego/builtins.ts compute as OPA does. No clock, no network, no randomness, no environment.
 */
export function deterministicCapabilities(): Capabilities {
  return { builtins: `${IN_WASM} ${NATIVE} ${COMPILE_TIME}`.trim().split(/\s+/).sort() };
}
