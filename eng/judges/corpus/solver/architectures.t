# The machine's own architecture is taken, unless another is asked for.
repo system 0 empty
repo one 0 testtags <inline>
#>=Ver: 3.0
#>=Pkg: a 1 1 x86_64
#>=Prv: a = 1-1
#>=Pkg: a 2 1 i686
#>=Prv: a = 2-1
#>=Pkg: a 3 1 aarch64
#>=Prv: a = 3-1
system x86_64 rpm system
job install name a
result transaction,problems <inline>
#>install a-1-1.x86_64@one
