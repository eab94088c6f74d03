CREATE TABLE note (
    id VARCHAR(22) NOT NULL,
    reader VARCHAR(64) NOT NULL,
    content JSON NOT NULL,
    made_at DATETIME NOT NULL,
    CONSTRAINT pk_note PRIMARY KEY (id)
);
CREATE INDEX ix_note_reader ON note (reader);
