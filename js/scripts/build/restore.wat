;; The wasm put together again from the streams that build/streams.mjs takes it apart into. In wasm itself, since JavaScript would
;; run but once, in an interpreter, and take ten times as long.
;; Memory: 0 the kind of each opcode (256 bytes), 256 the pairs (24 of two bytes), 304 where each stream begins (25 numbers), 404 the length
;; of what comes before the functions, 408 their count, 412 how many bytes the opcodes are, 416 the streams. The
;; opcodes without pairs are at 524288. What is made is written behind the texts.
(module
  (memory (export "m") 16)
  ;; Copies a number of bytes from a stream, and gives where they end.
  (func $copy (param $stream i32) (param $many i32) (param $end i32) (result i32)
    (local $from i32)
    (local.set $from (i32.load offset=304 (local.tee $stream (i32.shl (local.get $stream) (i32.const 2)))))
    (block $done
      (loop $more
        (br_if $done (i32.eqz (local.get $many)))
        (i32.store8 (local.get $end) (i32.load8_u (local.get $from)))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (local.set $end (i32.add (local.get $end) (i32.const 1)))
        (local.set $many (i32.sub (local.get $many) (i32.const 1)))
        (br $more)))
    (i32.store offset=304 (local.get $stream) (local.get $from))
    (local.get $end))
  ;; The same for one byte, which is what is mostly copied.
  (func $one (param $stream i32) (param $end i32) (result i32)
    (local $from i32)
    (i32.store8 (local.get $end)
      (i32.load8_u (local.tee $from (i32.load offset=304 (local.tee $stream (i32.shl (local.get $stream) (i32.const 2)))))))
    (i32.store offset=304 (local.get $stream) (i32.add (local.get $from) (i32.const 1)))
    (i32.add (local.get $end) (i32.const 1)))
  ;; The same with the number from the stream itself, before the bytes.
  (func $counted (param $stream i32) (param $end i32) (result i32)
    (drop (call $one (local.get $stream) (local.get $end)))
    (call $copy (local.get $stream) (i32.load8_u (local.get $end)) (local.get $end)))
  ;; A number in three bytes, whether it takes them or not.
  (func $number (param $at i32) (param $value i32)
    (i32.store8 (local.get $at) (i32.or (local.get $value) (i32.const 128)))
    (i32.store8 offset=1 (local.get $at) (i32.or (i32.shr_u (local.get $value) (i32.const 7)) (i32.const 128)))
    (i32.store8 offset=2 (local.get $at) (i32.shr_u (local.get $value) (i32.const 14))))
  ;; An opcode, or those that it stands for, and gives where they end.
  (func $opcode (param $byte i32) (param $at i32) (result i32)
    (local $pair i32)
    (if (result i32) (i32.lt_u (local.tee $pair (i32.sub (local.get $byte) (i32.const 0xd7))) (i32.const 24))
      (then
        (call $opcode (i32.load8_u offset=257 (local.tee $pair (i32.shl (local.get $pair) (i32.const 1))))
          (call $opcode (i32.load8_u offset=256 (local.get $pair)) (local.get $at))))
      (else
        (i32.store8 offset=524288 (local.get $at) (local.get $byte))
        (i32.add (local.get $at) (i32.const 1)))))
  ;; Gives the end of what was made from where the texts end.
  (func (export "r") (param $stop i32) (result i32)
    (local $end i32) (local $count i32) (local $start i32) (local $depth i32) (local $kind i32) (local $opcode i32)
    (loop $pairs
      (local.set $start (call $opcode (i32.load8_u (i32.add (i32.load offset=308 (i32.const 0)) (local.get $count))) (local.get $start)))
      (br_if $pairs (i32.lt_u (local.tee $count (i32.add (local.get $count) (i32.const 1))) (i32.load offset=412 (i32.const 0)))))
    (local.set $opcode (i32.const 524288))
    (local.set $end (call $copy (i32.const 0) (i32.load offset=404 (i32.const 0)) (local.get $stop)))
    (local.set $count (i32.load offset=408 (i32.const 0)))
    (loop $functions
      ;; The size of a function is known when it is there.
      (local.set $start (local.tee $end (i32.add (local.get $end) (i32.const 3))))
      (local.set $end (call $one (i32.const 2) (local.get $end)))
      (local.set $end (call $copy (i32.const 2) (i32.shl (i32.load8_u (local.get $start)) (i32.const 1)) (local.get $end)))
      (local.set $depth (i32.const 1))
      (loop $opcodes
        (i32.store8 (local.get $end) (local.tee $kind (i32.load8_u (local.get $opcode))))
        (local.set $kind (i32.load8_u (local.get $kind)))
        (local.set $end (i32.add (local.get $end) (i32.const 1)))
        (local.set $opcode (i32.add (local.get $opcode) (i32.const 1)))
        ;; A block begins, with its type, or one ends.
        (if (i32.eq (local.get $kind) (i32.const 1))
          (then
            (i32.store8 (local.get $end) (i32.load8_u (local.get $opcode)))
            (local.set $end (i32.add (local.get $end) (i32.const 1)))
            (local.set $opcode (i32.add (local.get $opcode) (i32.const 1)))
            (local.set $depth (i32.add (local.get $depth) (i32.const 1)))
            (br $opcodes)))
        (local.set $depth (i32.sub (local.get $depth) (i32.eq (local.get $kind) (i32.const 2))))
        ;; The alignment before an offset is a hint that no engine needs: 0.
        (local.set $end (i32.add (local.get $end) (i32.eq (local.get $kind) (i32.const 3))))
        (if (i32.eq (local.get $kind) (i32.const 10))
          (then
            ;; i32.const with an address of the data, which begin at 65536.
            (i32.store8 (i32.sub (local.get $end) (i32.const 1)) (i32.const 0x41))
            (drop (call $one (i32.const 11) (call $one (i32.const 10) (local.get $end))))
            (call $number (local.get $end) (i32.add (i32.load16_u (local.get $end)) (i32.const 65536)))
            (local.set $end (i32.add (local.get $end) (i32.const 3)))
            (br $opcodes)))
        (if (i32.eq (local.get $kind) (i32.const 9))
          (then
            (local.set $end (call $counted (i32.const 9) (local.get $end))))
          (else
            (if (i32.gt_u (local.get $kind) (i32.const 2))
              (then
                (loop $number
                  (local.set $end (call $one (local.get $kind) (local.get $end)))
                  (local.set $kind (i32.or (local.get $kind) (i32.const 16)))
                  (br_if $number (i32.gt_u (i32.load8_u (i32.sub (local.get $end) (i32.const 1))) (i32.const 127))))))))
        (br_if $opcodes (local.get $depth)))
      (call $number (i32.sub (local.get $start) (i32.const 3)) (i32.sub (local.get $end) (local.get $start)))
      (br_if $functions (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
    ;; The texts, and what is between them.
    (local.set $start (i32.load offset=352 (i32.const 0)))
    (loop $texts
      (if (i32.eq (local.tee $kind (i32.load8_u (local.get $start))) (i32.const 9))
        (then
          (local.set $end (call $counted (i32.const 0) (local.get $end))))
        (else
          (i32.store8 (local.get $end) (local.get $kind))
          (local.set $end (i32.add (local.get $end) (i32.const 1)))))
      (br_if $texts (i32.ne (local.tee $start (i32.add (local.get $start) (i32.const 1))) (local.get $stop))))
    (local.get $end)))
