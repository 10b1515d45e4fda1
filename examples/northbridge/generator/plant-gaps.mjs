/** Keys whose inventory record lacks what rules need. */
export function plantMissingEvidence(book) {
  void book;
}
