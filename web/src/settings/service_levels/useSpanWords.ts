import { useFormat, withoutGaps } from '@/ui';

/** Working minutes as hours and minutes: "8 h 30 min". A day would say too little of an office that closes at night. */
export function useSpanWords(): (minutes: number) => string {
  const { locale } = useFormat();
  const words = (value: number, unit: 'hour' | 'minute') => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
  return (minutes) => {
    const hours = Math.floor(minutes / 60);
    const parts = [hours > 0 ? words(hours, 'hour') : '', minutes % 60 > 0 ? words(minutes % 60, 'minute') : ''];
    return withoutGaps(parts.filter((part) => part !== '').join(' '), locale);
  };
}
