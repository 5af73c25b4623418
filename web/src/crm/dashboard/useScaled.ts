import { useFormat } from '@/ui';

/** An amount in as few letters as a scale has room for: "1.5M", "150万". */
export function useScaled(): (value: number) => string {
  const { locale } = useFormat();
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  return (value) => short.format(value);
}
