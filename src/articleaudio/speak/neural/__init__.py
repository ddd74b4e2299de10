"""What the engines that run neural models on this machine share.

`files` finds a voice's files and tells what they are → `session` opens a model → `script` makes phonemes of a prompt →
`take` gathers the sound → `align` tells from its phonemes when words are heard. `pace` tells how fast.
"""
