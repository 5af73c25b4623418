export * from './EmptyValue';
export * from './FieldInput';
export * from './FieldValue';
export * from './field_kinds';
export * from './field_parts';
export * from './labels';
export * from './record_values';
export * from './values';
