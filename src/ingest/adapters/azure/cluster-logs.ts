/** Operation of each entry of a log of a cluster, in what Azure Monitor writes. */
const OPERATION =
  /"operationName"\s*:\s*"Microsoft\.ContainerService\/(?:managed|connected)Clusters\/diagnosticLogs\/Read"/i;

/** Returns whether a text holds entries of the logs of a cluster, beside which there may be events of vaults. */
export function holdsClusterLogs(head: string): boolean {
  return OPERATION.test(head);
}
