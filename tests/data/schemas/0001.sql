CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE conversation (
    id VARCHAR(22) NOT NULL,
    title TEXT NOT NULL,
    folded TEXT NOT NULL,
    created_at DATETIME NOT NULL,
    changed_at DATETIME NOT NULL,
    deleted_at DATETIME,
    CONSTRAINT pk_conversation PRIMARY KEY (id)
);
CREATE INDEX ix_conversation_changed_at ON conversation (changed_at);
CREATE TABLE turn (
    id VARCHAR(22) NOT NULL,
    conversation_id VARCHAR(22) NOT NULL,
    position INTEGER NOT NULL,
    question TEXT NOT NULL,
    language TEXT NOT NULL,
    status TEXT NOT NULL,
    writer TEXT NOT NULL,
    confidence FLOAT NOT NULL,
    answer JSON NOT NULL,
    evidence JSON NOT NULL,
    versions JSON NOT NULL,
    folded TEXT NOT NULL,
    asked_at DATETIME NOT NULL,
    CONSTRAINT pk_turn PRIMARY KEY (id),
    CONSTRAINT fk_turn_conversation_id FOREIGN KEY(conversation_id) REFERENCES conversation (id) ON DELETE CASCADE,
    CONSTRAINT uq_turn_conversation_id UNIQUE (conversation_id, position)
);
CREATE TABLE feedback (
    turn_id VARCHAR(22) NOT NULL,
    thumb INTEGER NOT NULL,
    comment TEXT NOT NULL,
    given_at DATETIME NOT NULL,
    CONSTRAINT pk_feedback PRIMARY KEY (turn_id),
    CONSTRAINT fk_feedback_turn_id FOREIGN KEY(turn_id) REFERENCES turn (id) ON DELETE CASCADE,
    CONSTRAINT ck_feedback_thumb CHECK (thumb IN (-1, 0, 1))
);
CREATE TABLE gap (
    "key" VARCHAR(200) NOT NULL,
    term TEXT NOT NULL,
    question TEXT NOT NULL,
    language TEXT NOT NULL,
    nearest JSON NOT NULL,
    count INTEGER NOT NULL,
    first_at DATETIME NOT NULL,
    last_at DATETIME NOT NULL,
    CONSTRAINT pk_gap PRIMARY KEY ("key")
);
