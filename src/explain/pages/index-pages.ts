import type { Policy } from '../../model/index.js';
import type { FrameworkFacts } from './framework-page.js';
import { code, frameworkPath, link, type Page, rulePath, text } from './page.js';

/** Creates the list of all policies, by group. */
export function ruleIndex(policies: readonly Policy[]): Page {
  const groups = [...new Set(policies.map(({ domain }) => domain))].sort();
  return {
    path: 'docs/rules/README.md',
    sources: ['policies/'],
    title: 'Policies',
    blocks: [
      text(`${policies.length} policies, a page each. `, code('keyproof explain ID'), ' prints the same.'),
    ],
    sections: groups.map((group) => ({
      title: group,
      blocks: [
        {
          kind: 'table',
          head: ['Policy', 'Severity', 'Subject', 'Statement'],
          rows: policies
            .filter(({ domain }) => domain === group)
            .map(({ id, severity, subject, title }) => [
              [code(id, rulePath(id))],
              [severity],
              [subject],
              [title],
            ]),
        },
      ],
    })),
  };
}

/** Creates the list of all frameworks. */
export function frameworkIndex(all: readonly FrameworkFacts[]): Page {
  const rows = all.map(({ framework, statuses }) => [
    [link(`${framework.title} ${framework.version}`, frameworkPath(framework.id))],
    [String(framework.controls.length)],
    ...Object.values(statuses).map((count) => [String(count)]),
    [code(framework.id)],
  ]);
  return {
    path: 'docs/frameworks/README.md',
    sources: ['frameworks/'],
    title: 'Frameworks',
    blocks: [
      text(
        'Every control in scope, with an honest status. ',
        code('keyproof explain ID'),
        ' prints the same.',
      ),
      {
        kind: 'table',
        head: ['Framework', 'Controls', 'Automated', 'Partial', 'Manual', 'Not applicable', 'Id'],
        rows,
      },
      text(
        'What status and grade mean, and how a verdict follows: ',
        link('docs/frameworks.md', 'docs/frameworks.md'),
        '.',
      ),
    ],
    sections: [],
  };
}
