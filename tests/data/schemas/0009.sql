CREATE TABLE card (
    reader VARCHAR(64) NOT NULL,
    entry_id VARCHAR(200) NOT NULL,
    state JSON NOT NULL,
    due_at DATETIME NOT NULL,
    CONSTRAINT pk_card PRIMARY KEY (reader, entry_id)
);
CREATE INDEX ix_card_due_at ON card (due_at);
CREATE TABLE lesson (
    id VARCHAR(22) NOT NULL,
    reader VARCHAR(64) NOT NULL,
    title TEXT NOT NULL,
    content JSON NOT NULL,
    made_at DATETIME NOT NULL,
    changed_at DATETIME NOT NULL,
    CONSTRAINT pk_lesson PRIMARY KEY (id)
);
CREATE INDEX ix_lesson_reader ON lesson (reader);
CREATE TABLE learnt (
    reader VARCHAR(64) NOT NULL,
    entry_id VARCHAR(200) NOT NULL,
    learnt_at DATETIME NOT NULL,
    CONSTRAINT pk_learnt PRIMARY KEY (reader, entry_id)
);
CREATE TABLE room (
    code VARCHAR(12) NOT NULL,
    reader VARCHAR(64) NOT NULL,
    quiz JSON NOT NULL,
    state JSON NOT NULL,
    until DATETIME NOT NULL,
    CONSTRAINT pk_room PRIMARY KEY (code)
);
CREATE INDEX ix_room_reader ON room (reader);
CREATE INDEX ix_room_until ON room (until);
CREATE TABLE room_answer (
    room VARCHAR(12) NOT NULL,
    participant VARCHAR(64) NOT NULL,
    item INTEGER NOT NULL,
    choice JSON NOT NULL,
    given_at DATETIME NOT NULL,
    CONSTRAINT pk_room_answer PRIMARY KEY (room, participant, item),
    CONSTRAINT fk_room_answer_room FOREIGN KEY(room) REFERENCES room (code) ON DELETE CASCADE
);
CREATE TABLE class_group (
    code VARCHAR(12) NOT NULL,
    reader VARCHAR(64) NOT NULL,
    name TEXT NOT NULL,
    made_at DATETIME NOT NULL,
    CONSTRAINT pk_class_group PRIMARY KEY (code)
);
CREATE INDEX ix_class_group_reader ON class_group (reader);
CREATE TABLE class_event (
    id VARCHAR(22) NOT NULL,
    group_code VARCHAR(12) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    entry_id VARCHAR(200) NOT NULL,
    detail TEXT NOT NULL,
    at DATETIME NOT NULL,
    CONSTRAINT pk_class_event PRIMARY KEY (id)
);
CREATE INDEX ix_class_event_group_code ON class_event (group_code, at);
