import type { Assessment, MissingEvidence, NamedControl, PoamItem } from '../../model/index.js';

/** The controls of the gap checklist by what they wait for. Each is in one of the first and third, or in some of the second. */
export type OpenControls = {
  /** Controls that a failure decides, and those that nothing below would decide. */
  own: PoamItem[];
  /** What is missing, with the other controls that it keeps open; what decides most first. */
  waiting: { missing: MissingEvidence; controls: PoamItem[] }[];
  /** Other controls that only a person can conclude on, with the question. */
  asked: { control: PoamItem; ask: string }[];
};

/** Sorts the controls of the gap checklist by what they wait for, so that one export is one row and not one a control. */
export function openControls({ gaps, missingEvidence, frameworks }: Assessment): OpenControls {
  const asks = new Map(
    frameworks.flatMap(({ id, controls }) =>
      controls.map((control) => [idOf({ framework: id, control: control.id }), control.ask]),
    ),
  );
  const lacking = new Set(missingEvidence.flatMap(({ controls }) => controls.map(idOf)));
  const others = gaps.filter(({ verdict }) => verdict !== 'exception');
  const unlacking = others.filter((gap) => !lacking.has(idOf(gap)));
  return {
    own: [
      ...gaps.filter(({ verdict }) => verdict === 'exception'),
      ...unlacking.filter((gap) => !asks.get(idOf(gap))),
    ],
    waiting: waitingFor(missingEvidence, others),
    asked: unlacking.flatMap((control) => {
      const ask = asks.get(idOf(control));
      return ask ? [{ control, ask }] : [];
    }),
  };
}

function waitingFor(all: readonly MissingEvidence[], gaps: readonly PoamItem[]): OpenControls['waiting'] {
  return all.flatMap((missing) => {
    const concerned = new Set(missing.controls.map(idOf));
    const controls = gaps.filter((gap) => concerned.has(idOf(gap)));
    return controls.length === 0 ? [] : [{ missing, controls }];
  });
}

function idOf({ framework, control }: NamedControl): string {
  return `${framework}/${control}`;
}
