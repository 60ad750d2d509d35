// What must happen before the first paint and before any module; a file, because the policy refuses inline scripts.

// Without it, a browser that prefers light would show a dark page for a moment.
(() => {
  let wanted = 'auto';
  try {
    wanted = localStorage.getItem('gatehouse.color-scheme') ?? 'auto';
  } catch {
    // Storage may be forbidden; the system's preference then decides.
  }
  const light = wanted === 'light' || (wanted !== 'dark' && matchMedia('(prefers-color-scheme: light)').matches);
  document.documentElement.dataset.mantineColorScheme = light ? 'light' : 'dark';
})();

// zod tries eval as soon as a module makes the first schema, which the policy forbids and browsers report. Modules of other files are evaluated
// before those of the app, so the option is set where zod keeps it (zod 4, core.ts).
globalThis.__zod_globalConfig = { jitless: true };
