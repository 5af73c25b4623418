import { Input, Skeleton } from '@mantine/core';
import { Suspense, lazy } from 'react';
import type { FieldEditProps } from '../field_parts';
import { asText } from '../values';

const RichTextEditor = lazy(() =>
  import('@/ui/editor/RichTextEditor').then((part) => ({ default: part.RichTextEditor })),
);

export function EditRichText({ field, label, error, value, onChange, in_place }: FieldEditProps) {
  return (
    <Input.Wrapper
      label={in_place ? undefined : label}
      labelElement="div"
      withAsterisk={field.required}
      error={error}
    >
      <Suspense fallback={<Skeleton height={140} />}>
        <RichTextEditor label={label} html={asText(value) ?? ''} onChange={(html) => onChange(html === '' ? null : html)} />
      </Suspense>
    </Input.Wrapper>
  );
}
