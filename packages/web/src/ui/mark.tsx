/** The logo: a gate with a keyhole. `size` in pixels. */
export function Mark({ size }: { readonly size: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 40 40"
      fill="none"
      stroke="currentColor"
      strokeWidth={3}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
    >
      <path d="M7 35V18a13 13 0 0 1 26 0v17" />
      <path d="M14 35V19a6 6 0 0 1 12 0v16" strokeWidth={2} opacity={0.45} />
      <circle cx={20} cy={21} r={2.6} fill="currentColor" stroke="none" />
      <path d="M20 23v5" strokeWidth={2.4} />
    </svg>
  );
}
