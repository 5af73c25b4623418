import { Suspense, lazy } from 'react';
import { EmptyValue } from '../EmptyValue';
import type { FieldShowProps } from '../field_parts';
import { asText } from '../values';

const SafeHtml = lazy(() => import('@/ui/editor/SafeHtml').then((part) => ({ default: part.SafeHtml })));

export function ShowRichText({ value }: FieldShowProps) {
  const html = asText(value);
  if (html === null) return <EmptyValue />;
  return <Suspense fallback={null}><SafeHtml html={html} /></Suspense>;
}
