-- Which customer has which product: `module` is "contacts" or "accounts". A customer is found by
-- the key, a product by the index.
CREATE TABLE product_customers (
  org_id BIGINT NOT NULL,
  module TEXT NOT NULL,
  customer_id BIGINT NOT NULL,
  product_id BIGINT NOT NULL,
  added_at BIGINT NOT NULL,
  added_by BIGINT,
  PRIMARY KEY (org_id, module, customer_id, product_id)
);
CREATE INDEX product_customers_by_product
  ON product_customers (org_id, product_id, module, customer_id);

-- How a department fills in the records of a module: fields in sections and in order, which are
-- required, and what they hold at first. A department without a row has them all.
CREATE TABLE layouts (
  org_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  module TEXT NOT NULL,
  department_id BIGINT NOT NULL,
  definition TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  changed_by BIGINT,
  PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX layouts_by_department ON layouts (org_id, module, department_id);
