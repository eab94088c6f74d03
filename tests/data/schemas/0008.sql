CREATE TABLE sign_in (
    id VARCHAR(64) NOT NULL,
    reader VARCHAR(64) NOT NULL,
    begun_at DATETIME NOT NULL,
    ended_at DATETIME,
    CONSTRAINT pk_sign_in PRIMARY KEY (id)
);
CREATE INDEX ix_sign_in_reader ON sign_in (reader);
CREATE TABLE token (
    id VARCHAR(22) NOT NULL,
    secret VARCHAR(64) NOT NULL,
    reader VARCHAR(64) NOT NULL,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    made_at DATETIME NOT NULL,
    used_at DATETIME,
    withdrawn_at DATETIME,
    CONSTRAINT pk_token PRIMARY KEY (id),
    CONSTRAINT uq_token_secret UNIQUE (secret)
);
CREATE INDEX ix_token_reader ON token (reader);
CREATE TABLE counter (
    whose VARCHAR(64) NOT NULL,
    name VARCHAR(40) NOT NULL,
    begun_at DATETIME NOT NULL,
    used FLOAT NOT NULL,
    until DATETIME NOT NULL,
    CONSTRAINT pk_counter PRIMARY KEY (whose, name, begun_at)
);
CREATE INDEX ix_counter_until ON counter (until);
CREATE TABLE place (
    id VARCHAR(64) NOT NULL,
    whose VARCHAR(64) NOT NULL,
    until DATETIME NOT NULL,
    CONSTRAINT pk_place PRIMARY KEY (id)
);
CREATE INDEX ix_place_whose ON place (whose);
CREATE INDEX ix_place_until ON place (until);
CREATE TABLE library_version (
    number INTEGER NOT NULL,
    hash VARCHAR(64) NOT NULL,
    made_at DATETIME NOT NULL,
    made_by TEXT NOT NULL,
    archive BLOB NOT NULL,
    CONSTRAINT pk_library_version PRIMARY KEY (number)
);
CREATE TABLE replica (
    id VARCHAR(64) NOT NULL,
    number INTEGER NOT NULL,
    seen_at DATETIME NOT NULL,
    CONSTRAINT pk_replica PRIMARY KEY (id)
);
CREATE TABLE index_rows (
    number INTEGER NOT NULL,
    collection VARCHAR(64) NOT NULL,
    rows BLOB NOT NULL,
    CONSTRAINT pk_index_rows PRIMARY KEY (number, collection),
    CONSTRAINT fk_index_rows_number FOREIGN KEY(number) REFERENCES library_version (number) ON DELETE CASCADE
);
