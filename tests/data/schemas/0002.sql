ALTER TABLE conversation ADD COLUMN reader VARCHAR(64) DEFAULT '' NOT NULL;
CREATE INDEX ix_conversation_reader ON conversation (reader, changed_at);
