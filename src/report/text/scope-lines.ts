import {
  type Assessment,
  type ChosenPreset,
  type FactOrigin,
  type GivenFact,
  originText,
} from '../../model/index.js';
import { factWords } from '../../text/fact-words.js';
import { factValueText } from './fact-value-text.js';

/** The parts of a plan that state what was taken as given. */
export type Scope = Pick<Assessment['plan'], 'profile' | 'jurisdictions' | 'facts' | 'presets'>;

const ORIGINS: readonly FactOrigin[] = ['profile', 'jurisdictions', 'applicability'];

/**
 * Returns what an audit takes as given, one line for each source of facts and one for the presets:
 * `bank profile: payment service provider (PSD2) = yes, role under the GDPR = controller`.
 */
export function scopeLines({ profile, jurisdictions, facts, presets }: Scope): string[] {
  const said = ORIGINS.flatMap((origin) => {
    const texts = facts.filter((fact) => fact.origin === origin).map((fact) => factText(fact, profile));
    return texts.length === 0 ? [] : [`${label(origin, profile)}: ${texts.join(', ')}`];
  });
  const named = presets.map(presetText);
  return [
    ...(profile === null ? ['no profile: no kind of entity is stated'] : []),
    ...(jurisdictions.length > 0 ? [`jurisdictions: ${jurisdictions.join(', ')}`] : []),
    ...said,
    ...(named.length > 0 ? [`presets: ${named.join(', ')}`] : []),
  ];
}

/** Returns `rotation strict-90`, with notes if it is the default or thresholds replace it. */
function presetText({ conflict, preset, stated, sets }: ChosenPreset): string {
  const replaced = sets.some(({ inForce }) => !inForce);
  const notes = [...(stated ? [] : ['default']), ...(replaced ? ['replaced by thresholds'] : [])];
  return `${conflict} ${preset}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
}

function label(origin: FactOrigin, profile: Scope['profile']): string {
  return originText(origin, profile).replace(/^the /, '');
}

/** Returns `role under the GDPR = both`, with the value it replaces. */
function factText({ name, value, instead }: GivenFact, profile: Scope['profile']): string {
  const replaced =
    instead === null ? '' : ` (${label(instead.origin, profile)}: ${factValueText(instead.value)})`;
  return `${factWords(name)} = ${factValueText(value)}${replaced}`;
}
