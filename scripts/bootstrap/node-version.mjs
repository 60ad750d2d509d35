/**
 * Says whether a Node.js version runs TypeScript without a flag and is one that the packages we use support:
 * 22.18 and later, 24 and later. 23 is not: its maintenance ended, and several packages refuse it.
 */
export function runsTypeScript(version) {
  const [major, minor] = version.split('.').map(Number);
  return major === 22 ? minor >= 18 : major >= 24;
}
