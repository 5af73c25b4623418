export type Asked = 'never' | 'to_close' | 'always';

export interface LayoutField {
  name: string;
  required: Asked;
}

export interface LayoutSection {
  label: string;
  fields: LayoutField[];
}

/** How a department fills in its tickets. */
export interface Layout {
  department: string;
  /** Made for this department; otherwise the usual one, with every field. */
  is_own: boolean;
  sections: LayoutSection[];
  defaults: Record<string, unknown>;
  /** Every field that a layout may hold. */
  possible: { name: string; is_needed: boolean; takes_default: boolean }[];
}
