# Two that cannot be beside each other, asked for together.
repo system 0 empty
repo one 0 testtags <inline>
#>=Ver: 3.0
#>=Pkg: a 1 1 noarch
#>=Prv: a = 1-1
#>=Con: b
#>=Pkg: b 1 1 noarch
#>=Prv: b = 1-1
system x86_64 rpm system
job install name a
job install name b
result transaction,problems <inline>
#>problem 4f324226 info package a-1-1.noarch conflicts with b provided by b-1-1.noarch
#>problem 4f324226 solution 7981ef42 deljob install name a
#>problem 4f324226 solution e98e1a37 deljob install name b
