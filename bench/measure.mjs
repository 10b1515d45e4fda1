import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** Runs a program to its end; what it printed, wall-clock seconds, and CPU seconds (NaN where the system does not tell). */
export function runProgram(command, args) {
  const cpuBefore = childrenCpuSeconds();
  const start = performance.now();
  const stdout = execFileSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const seconds = (performance.now() - start) / 1000;
  return { stdout, seconds, cpuSeconds: childrenCpuSeconds() - cpuBefore };
}

/** CPU seconds of the processes this one has started and that have ended: fields 16 and 17 of Linux's /proc/self/stat. */
export function childrenCpuSeconds() {
  try {
    const [, rest] = readFileSync('/proc/self/stat', 'utf8').split(') ');
    const fields = rest.split(' ');
    return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
  } catch {
    return Number.NaN;
  }
}

/** Wall-clock and CPU seconds (all threads of this process) of a piece of work, and what it gave. */
export async function measured(work) {
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  const value = await work();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { value, seconds, cpuSeconds: (user + system) / 1e6 };
}

/** The best CPU time of several pieces of work that take turns, so that what else the machine does hits all alike. */
export function bestOfTurns(works, turns) {
  const best = works.map(() => Number.POSITIVE_INFINITY);
  for (let turn = 0; turn < turns; turn += 1)
    for (const [index, work] of works.entries()) {
      const before = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(before);
      best[index] = Math.min(best[index], (user + system) / 1e6);
    }
  return best;
}

/** 12,345 */
export const count = (number) => Math.round(number).toLocaleString('en-US');

/** A line of a table: a name, then figures, each as wide as its heading. */
export function row(name, ...cells) {
  return `  ${name.padEnd(34)}${cells.map((cell) => String(cell).padStart(16)).join('')}`;
}
