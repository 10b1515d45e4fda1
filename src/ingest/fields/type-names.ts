/** `System.Object[]`, ``System.Collections.Generic.List`1[Amazon.SecretsManager.Model.Tag]``, `System.Collections.Hashtable`. */
const TYPE_NAME = /^(?:System|Amazon|Microsoft)(?:\.[A-Za-z]\w*)+(?:`\d)?(?:\[.*\])?$/;
const OF_MANY = /\]$|\.(?:Hashtable|ArrayList|PSCustomObject|PSObject)$/;

/** Returns whether a value is what `Export-Csv` of PowerShell writes in place of a list or table: the name of its .NET type. */
export function isTypeName(value: unknown): boolean {
  return typeof value === 'string' && OF_MANY.test(value.trim()) && TYPE_NAME.test(value.trim());
}
