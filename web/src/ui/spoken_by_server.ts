/**
 * Codes that many refusals share. The server's English sentence says which field and which limit; our words for
 * the code alone are general. English shows the server's, other languages ours.
 */
export const spoken_by_server: ReadonlySet<string> = new Set([
  'required', 'too_long', 'too_many', 'too_many_ids', 'wrong_count', 'out_of_range', 'duplicate', 'address_taken', 'not_found', 'no_such_record',
  'not_a_choice', 'not_a_boolean', 'not_a_date', 'not_an_instant', 'not_a_number', 'not_a_phone', 'not_a_url', 'not_an_email', 'not_an_address_list',
  'not_an_id', 'not_a_list', 'not_text', 'not_allowed', 'not_possible', 'cannot_change', 'bad_id', 'bad_name', 'bad_server',
  'bad_address', 'wrong_type', 'wrong_value', 'unknown_field', 'unknown_comparison', 'not_sortable', 'read_only', 'line_break',
  'right_missing', 'duty_missing', 'no_such_upload', 'file_gone', 'file_too_large', 'in_use', 'not_in_bin', 'no_custom_fields',
  'mail_login_refused', 'mail_server_unreachable', 'mail_server_confused', 'mail_too_large', 'invalid_scope',
]);
