import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { performance } from 'node:perf_hooks';
import { clearInterval, setInterval } from 'node:timers';
import { repositoryPath } from './paths.mjs';

/** npm forwards signals that the process group has received already; two equal signals this close together are one. */
const repeatedSignalMs = 1000;

const parentPollMs = 250;

/** Runs a program on our terminal and resolves to its exit code (128 + n if signal n ended it). */
export async function run(file, args, { env }) {
  const child = spawn(file, args, { cwd: repositoryPath, env, stdio: 'inherit' });
  return exitCodeOf(child);
}

/** Runs a program and resolves to its exit code and everything that it wrote; `onStart` receives its process id. */
export async function runQuietly(file, args, { cwd, env, onStart }) {
  const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  if (child.pid !== undefined) onStart?.(child.pid);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  }
  return { exitCode: await exitCodeOf(child), output };
}

async function exitCodeOf(child) {
  const stopForwarding = forwardSignals(child);
  const stopWatching = endWhenShellDies(child);
  try {
    const [code, signal] = await once(child, 'close');
    return code ?? 128 + constants.signals[signal];
  } finally {
    stopForwarding();
    stopWatching();
  }
}

function forwardSignals(child) {
  const lastAt = new Map();
  const forward = (signal) => {
    if (signal !== 'SIGTERM' && terminalSignalsOurGroup()) return;
    const now = performance.now();
    const repeated = now - (lastAt.get(signal) ?? -Infinity) < repeatedSignalMs;
    lastAt.set(signal, now);
    if (!repeated) child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  return () => {
    for (const signal of signals) process.off(signal, forward);
  };
}

/** npm sends SIGTERM to the shell between it and us, which exits without forwarding it. */
function endWhenShellDies(child) {
  const shell = process.ppid;
  if (process.env.npm_lifecycle_event === undefined) return () => undefined;
  const timer = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(timer);
    child.kill('SIGTERM');
  }, parentPollMs);
  return () => {
    clearInterval(timer);
  };
}

/** In the foreground of a terminal, the child receives Ctrl-C and hang-ups itself: forwarding them would double them. */
function terminalSignalsOurGroup() {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    // proc(5): after the command's name in parentheses come state, ppid, pgrp, session, tty_nr, tpgid.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[2] === fields[5];
  } catch {
    return process.stdin.isTTY === true;
  }
}
