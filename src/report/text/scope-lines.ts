import {
  type Assessment,
  type ChosenPreset,
  type FactOrigin,
  type GivenFact,
  originText,
} from '../../model/index.js';
import { paramText } from './param-text.js';

/** The parts of a plan that say what was taken as given. */
export type Scope = Pick<Assessment['plan'], 'profile' | 'jurisdictions' | 'facts' | 'presets'>;

const ORIGINS: readonly FactOrigin[] = ['profile', 'jurisdictions', 'applicability'];

/**
 * What an audit takes as given, a line for each thing that states facts and one for the presets:
 * `bank profile: payment_service_provider = true, gdpr_role = controller`.
 */
export function scopeLines({ profile, jurisdictions, facts, presets }: Scope): string[] {
  const said = ORIGINS.flatMap((origin) => {
    const texts = facts.filter((fact) => fact.origin === origin).map((fact) => factText(fact, profile));
    return texts.length === 0 ? [] : [`${label(origin, profile)}: ${texts.join(', ')}`];
  });
  const named = presets.map(presetText);
  return [
    ...(profile === null ? ['no profile: keyproof.yaml names no kind of entity'] : []),
    ...(jurisdictions.length > 0 ? [`jurisdictions: ${jurisdictions.join(', ')}`] : []),
    ...said,
    ...(named.length > 0 ? [`presets: ${named.join(', ')}`] : []),
  ];
}

/** `rotation strict-90`, with what else is to be known of it. */
function presetText({ conflict, preset, stated, sets }: ChosenPreset): string {
  const replaced = sets.some(({ inForce }) => !inForce);
  const notes = [...(stated ? [] : ['default']), ...(replaced ? ['replaced by thresholds'] : [])];
  return `${conflict} ${preset}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
}

function label(origin: FactOrigin, profile: Scope['profile']): string {
  return originText(origin, profile).replace(/^the /, '');
}

/** `gdpr_role = both`, with what it replaces. */
function factText({ name, value, instead }: GivenFact, profile: Scope['profile']): string {
  const replaced =
    instead === null ? '' : ` (${label(instead.origin, profile)}: ${paramText(instead.value)})`;
  return `${name} = ${paramText(value)}${replaced}`;
}
