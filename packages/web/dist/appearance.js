// Before the first paint, so that nobody who prefers light sees a dark flash; a file, because the policy refuses inline scripts.
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
