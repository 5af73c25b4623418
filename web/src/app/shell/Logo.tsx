/** The sign of the product: two wheels, one frame. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" fill="var(--accent)" />
      <g fill="none" stroke="var(--on-accent)" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round">
        <circle cx="10.5" cy="19.5" r="4.5" />
        <circle cx="21.5" cy="19.5" r="4.5" />
        <path d="M10.5 19.5 14.5 10h5l2 9.5M13 14h7.4" />
      </g>
    </svg>
  );
}
